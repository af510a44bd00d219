"""Alembic's entry point: runs on the connection that `migrate` hands it."""

from alembic import context

from tipcycle.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
