"""Hostile inputs put together at random: whatever comes in, an error of ours or an answer comes out."""
