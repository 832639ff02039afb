"""What imports Streamlit and is not a page: state, cached data, layout, gallery, figures, jobs."""
