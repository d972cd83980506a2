package io.actionscheduler.source;

import org.jdbi.v3.core.Handle;

/** The trigger with which PostgreSQL reports changes of the table at once. */
final class ChangeTrigger {
  static final String CHANNEL = "action_changed";

  private ChangeTrigger() {}

  static void install(Handle handle) {
    handle.execute(
        """
        CREATE OR REPLACE FUNCTION action_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('action_changed', TG_TABLE_SCHEMA);
          RETURN NULL;
        END
        $$
        """);
    handle.execute("DROP TRIGGER IF EXISTS action_changed ON action");
    handle.execute(
        """
        CREATE TRIGGER action_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON action
        FOR EACH STATEMENT EXECUTE FUNCTION action_changed()
        """);
  }

  static boolean isInstalled(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM pg_trigger
                            WHERE tgrelid = to_regclass('action') AND tgname = 'action_changed'
                              AND tgenabled IN ('O', 'A'))
            """)
        .mapTo(Boolean.class)
        .one();
  }
}
