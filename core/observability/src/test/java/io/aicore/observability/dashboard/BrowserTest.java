package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.extension.ExtensionContext.Namespace.GLOBAL;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests of the page in a real browser, one for all of them. Its console must stay silent in every test. */
@ExtendWith(BrowserTest.Shared.class)
abstract class BrowserTest {

    static Browser browser;

    /** Starts the browser for the first class that asks for it; it ends with the last. */
    static final class Shared implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            browser = context.getRoot()
                    .getStore(GLOBAL)
                    .computeIfAbsent(Browser.class, type -> Browser.start(), Browser.class);
        }
    }

    @BeforeEach
    void plain() {
        browser.size(1400, 1000);
        browser.dark(false);
        browser.complaints();
    }

    @AfterEach
    void theConsoleStayedSilent() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** From a page whose server goes away. */
    static void leave() {
        browser.driver().get("about:blank");
    }

    static String url() {
        return browser.driver().getCurrentUrl();
    }

    static String tile(String id) {
        return browser.text("#tile-" + id + " dd");
    }

    static void awaitCalls(long count) {
        String shown = String.format(Locale.ROOT, "%,d", count);
        browser.await(shown + " calls are shown", () -> tile("calls").equals(shown));
        browser.awaitShown();
    }

    static void awaitDetail(String state) {
        browser.await("the call", () -> state.equals(browser.find("#detail").getDomAttribute("data-state")));
    }

    /** Chromium reports each answer with an error status itself. */
    static List<String> complaintsButStatus(int... statuses) {
        return browser.complaints().stream()
                .filter(text -> Arrays.stream(statuses)
                        .noneMatch(status -> text.contains("server responded with a status of " + status)))
                .toList();
    }

    /** Nothing but tables scrolls sideways. */
    static void fits() {
        assertThat(browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
    }
}
