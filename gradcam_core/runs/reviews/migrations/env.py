"""Called by Alembic: run the scripts of ``versions`` on the connection that ``database.py`` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
