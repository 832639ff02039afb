"""What Edge Impulse says about a project, in this program's words."""
