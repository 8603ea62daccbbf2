package io.aicore.observability;

/** What statistics are gathered by. */
public enum GroupBy {
    /** The provider's name. */
    PROVIDER("provider"),
    /** The model's name. */
    MODEL("model"),
    /** The kind of the last failure; {@code none} for calls that succeeded. */
    CATEGORY("COALESCE(category, 'none')"),
    /** The hour a call began in, UTC, as {@code 2026-11-23T14:00:00Z}. */
    HOUR("TO_CHAR(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24')");

    private final String sql;

    GroupBy(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    String shown(String value) {
        return this == HOUR ? value + ":00:00Z" : value;
    }
}
