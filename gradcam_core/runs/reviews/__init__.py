"""What people say of samples and findings: acts that are added and never changed. docs/reviews.md."""

VARIABLE = "GRADCAM_REVIEWS_URL"  # of a database elsewhere
FILE = "reviews.sqlite"  # beside the runs
