"""Raw maps: how they are computed (cams), scored (scores) and drawn (overlay)."""
