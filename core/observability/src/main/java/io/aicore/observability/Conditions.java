package io.aicore.observability;

import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A filter as a WHERE clause; every value is bound, none is part of the SQL text. */
final class Conditions {

    private static final String TOKENS = "CAST(input_tokens AS NUMERIC(20)) + output_tokens";

    private final List<String> terms = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private Conditions() {}

    static Conditions of(OperationFilter filter) {
        Conditions where = new Conditions();
        where.add("started_us >= ", filter.from() == null ? null : OperationTable.micros(filter.from()));
        where.add("started_us < ", filter.to() == null ? null : OperationTable.micros(filter.to()));
        where.add("provider = ", filter.provider());
        where.add("model = ", filter.model());
        where.add(
                "outcome = ", filter.outcome() == null ? null : filter.outcome().word());
        where.add("category = ", filter.category());
        where.add(TOKENS + " >= ", filter.minTokens());
        where.add(TOKENS + " <= ", filter.maxTokens());
        where.add("latency_us >= ", Column.micros(filter.minLatency()));
        where.add("latency_us <= ", Column.micros(filter.maxLatency()));
        where.add("session_id = ", filter.session());
        where.add("workspace_id = ", filter.workspace());
        where.add("agent_id = ", filter.agent());
        if (filter.retriedOnly()) {
            where.terms.add("retry_count > 0");
        }
        String text = filter.text();
        if (text != null) {
            // As it stands in a value, where JSON escapes it, or as it stands in the JSON.
            String inValue = where.like(MetadataJson.within(text));
            where.terms.add("(" + inValue + " OR " + where.like(text) + ")");
        }
        return where;
    }

    /** Restricts it to calls after this one in a listing, newest first. */
    Conditions after(Instant start, String id) {
        long micros = OperationTable.micros(start);
        add("started_us <= ", micros);
        values.add(micros);
        values.add(id);
        terms.add("(started_us < $" + (values.size() - 1) + " OR id > $" + values.size() + ")");
        return this;
    }

    /** Empty, or {@code WHERE …} with a space before it. */
    String sql() {
        return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
    }

    Statement bind(Statement statement) {
        for (int i = 0; i < values.size(); i++) {
            statement.bind(i, values.get(i));
        }
        return statement;
    }

    private void add(String term, @Nullable Object value) {
        if (value != null) {
            values.add(value);
            terms.add(term + "$" + values.size());
        }
    }

    private String like(String text) {
        values.add("%" + escaped(text.toLowerCase(Locale.ROOT)) + "%");
        return "LOWER(extras) LIKE $" + values.size() + " ESCAPE '!'";
    }

    /** Escapes the wildcards of LIKE. */
    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
