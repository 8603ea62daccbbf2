package io.aicore.observability.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventAware;

/** Keeps what is logged, key-value pairs included. */
final class RecordingLogger extends AbstractLogger implements LoggingEventAware {

    private static final long serialVersionUID = 1;

    record Line(Level level, String message, Map<String, Object> pairs) {}

    final transient List<Line> lines = new ArrayList<>();

    RecordingLogger() {
        this.name = "recording";
    }

    List<String> messages(Level level) {
        return lines.stream()
                .filter(line -> line.level() == level)
                .map(Line::message)
                .toList();
    }

    @Override
    public void log(LoggingEvent event) {
        Map<String, Object> pairs = new TreeMap<>();
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                pairs.put(pair.key, pair.value);
            }
        }
        lines.add(new Line(event.getLevel(), event.getMessage(), pairs));
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return RecordingLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
        lines.add(new Line(level, message, Map.of()));
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return true;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return true;
    }
}
