"""What people say of samples and findings: acts that are added and never changed. docs/reviews.md."""
