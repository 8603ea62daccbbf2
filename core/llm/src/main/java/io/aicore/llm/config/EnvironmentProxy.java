package io.aicore.llm.config;

import io.aicore.internal.Check;
import io.aicore.llm.http.ProxySettings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine-wide proxy: {@code HTTPS_PROXY} for https targets, except this machine and the hosts in {@code NO_PROXY}.
 * Lower-case names are read if the upper-case ones are not set.
 *
 * @param variable the variable that sets it
 * @param except hosts, domains with or without a leading dot, {@code host:port}, or {@code *}
 */
public record EnvironmentProxy(String variable, String value, List<String> except) {

    static @Nullable EnvironmentProxy of(Map<String, String> variables) {
        for (String name : List.of("HTTPS_PROXY", "https_proxy")) {
            String value = variables.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                String except = variables.getOrDefault("NO_PROXY", variables.getOrDefault("no_proxy", ""));
                return new EnvironmentProxy(
                        name,
                        value,
                        Arrays.stream(except.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                                .filter(entry -> !entry.isEmpty())
                                .toList());
            }
        }
        return null;
    }

    /**
     * The proxy for this address; null if there is none.
     *
     * @throws IllegalArgumentException if the proxy is not supported, naming the variable
     */
    @Nullable
    public ProxySettings towards(URI target) {
        if (!"https".equalsIgnoreCase(target.getScheme()) || ConfigWarnings.isLoopback(target) || isExcept(target)) {
            return null;
        }
        String address = value.contains("://") ? value : "http://" + value;
        String expected;
        try {
            return SettingParser.proxy().read(address);
        } catch (IllegalArgumentException e) {
            expected = e.getMessage() + "; LLM_PROXY sets another for this program, NO_PROXY the hosts without";
        }
        throw Check.wrong(variable, value.contains("@") ? "REDACTED" : Check.quoted(value), expected);
    }

    private boolean isExcept(URI target) {
        String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        int port = target.getPort() < 0 ? 443 : target.getPort();
        return except.stream().anyMatch(entry -> {
            String name = entry.endsWith(":" + port) ? entry.substring(0, entry.lastIndexOf(':')) : entry;
            String domain = name.startsWith("*.") ? name.substring(1) : name;
            return name.equals("*")
                    || host.equals(domain)
                    || host.endsWith(domain.startsWith(".") ? domain : "." + domain)
                    || domain.equals("." + host);
        });
    }

    /** Omits the value, which may contain a password. */
    @Override
    public String toString() {
        return "EnvironmentProxy[" + variable + ", except " + except + "]";
    }
}
