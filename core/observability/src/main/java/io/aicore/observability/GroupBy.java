package io.aicore.observability;

/** A criterion for groups of statistics. */
public enum GroupBy {
    /** The provider's name. */
    PROVIDER("provider"),
    /** The model's name. */
    MODEL("model"),
    /** Category of the last failure; {@code none} for calls that succeeded. */
    CATEGORY("COALESCE(category, 'none')"),
    /** The workspace of the call's {@link Identity}; {@code none} for calls without one. */
    WORKSPACE("COALESCE(workspace_id, 'none')"),
    /** The agent of the call's {@link Identity}; {@code none} for calls without one. */
    AGENT("COALESCE(agent_id, 'none')"),
    /** The hour in which a call began, UTC, such as {@code 2026-11-23T14:00:00Z}. */
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
