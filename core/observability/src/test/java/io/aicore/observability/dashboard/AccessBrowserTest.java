package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The page by token, by keyboard, in light and dark, on a phone and below any path. */
class AccessBrowserTest extends SampleBrowserTest {

    private static final String TOKEN = "a-token-of-24-characters";

    @Test
    void theTokenIsAskedForAndKeptInTheTab() {
        try (Situation secret = Situation.empty(directory, dashboard -> dashboard.token(TOKEN))) {
            secret.call("openai", "gpt");
            secret.collector().flush().block(Situation.PATIENCE);
            browser.driver().get(secret.page());
            browser.await("the form", () -> browser.find("#login").isDisplayed());
            assertThat(browser.find("#overview").isDisplayed()).isFalse();
            assertThat(browser.run("return document.activeElement.id")).isEqualTo("token");
            browser.find("#token").sendKeys("not-the-token-of-it", Keys.ENTER);
            browser.await("the problem", () -> browser.text("#login-problem").contains("not the token"));
            assertThat(complaintsButStatus(401)).isEmpty();

            browser.find("#token").clear();
            browser.find("#token").sendKeys(TOKEN, Keys.ENTER);
            awaitCalls(1);
            assertThat(browser.find("#login").isDisplayed()).isFalse();
            assertThat(url()).doesNotContain(TOKEN);
            assertThat(browser.run("return document.cookie + JSON.stringify(localStorage)"))
                    .isEqualTo("{}");
            secret.call("openai", "gpt");
            awaitCalls(2);
            browser.driver().navigate().refresh();
            awaitCalls(2);
            leave();
        }
    }

    @Test
    void everythingIsReachedByKeyboardAndHasAName() {
        browser.open(situation.page());
        browser.run("document.activeElement.blur()");
        WebElement body = browser.find("body");
        body.sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(browser.run("return location.hash + document.activeElement.id"))
                .isEqualTo("#mainmain");

        browser.run(
                "window.visited = []; addEventListener('focusin', event => { const e = event.target;"
                        + " visited.push(e.id || e.dataset.range || e.dataset.operation && 'call' || e.closest('figure')?.id || e.className) })");
        browser.driver()
                .switchTo()
                .activeElement()
                .sendKeys(String.valueOf(Keys.TAB).repeat(60));
        String visited = String.valueOf(browser.run("return visited.join(' ')"));
        assertThat(visited)
                .contains(
                        "15m 1h 6h 24h 7d 30d custom filter-provider filter-model",
                        "chart-traffic",
                        "chart-cost",
                        "call");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        awaitDetail("ready");
        browser.driver().navigate().back();
        browser.awaitShown();

        // What a screen reader meets: names for all that is operated, one main, ordered headings, tables with headers.
        @SuppressWarnings("unchecked")
        List<String> nameless = (List<String>) browser.run(
                "return [...document.querySelectorAll('button, a, input, select, summary, [role=img], [role=region], table')].filter(e => !("
                        + "e.getAttribute('aria-label') || e.labels?.length || e.caption?.textContent || e.textContent.trim()))"
                        + ".map(e => e.outerHTML)");
        assertThat(nameless).isEmpty();
        assertThat(browser.all("main")).hasSize(1);
        assertThat(browser.all("h1")).hasSize(1);
        assertThat(browser.all("thead th:not([scope=col])")).isEmpty();
        assertThat(browser.all("tbody th:not([scope=row])")).isEmpty();
        assertThat(browser.all("[aria-live], [role=status], [role=alert]")).hasSizeLessThanOrEqualTo(2);
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo("en");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lightAndDarkAreReadable(boolean dark) {
        browser.dark(dark);
        browser.open(situation.page());
        // WCAG's contrast of every text with what is behind it.
        @SuppressWarnings("unchecked")
        List<String> pale = (List<String>) browser.run("""
                const parse = c => { const n = c.match(/[\\d.]+/g).map(Number); return n.length > 3 && n[3] === 0 ? null : n; };
                const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
                const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
                const seen = new Set();
                for (const e of document.querySelectorAll('body *')) {
                  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.closest('svg') || !e.checkVisibility()) continue;
                  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
                  const contrast = (a + .05) / (b + .05);
                  if (contrast < 4.5) seen.add(e.tagName + '.' + e.className + ' ' + contrast.toFixed(2));
                }
                return [...seen];
                """);
        assertThat(pale).isEmpty();
        List<?> page = (List<?>)
                browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)");
        assertThat(((Number) page.get(0)).intValue()).matches(red -> dark ? red < 40 : red > 220);
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() {
        browser.size(375, 800);
        browser.open(situation.page());
        fits();
        assertThat(browser.all("#operations .scroller")).hasSize(1);
        browser.run("document.querySelector('.more').open = true");
        fits();
        browser.find("[data-range=custom]").click();
        fits();
        for (WebElement summary : browser.all("figure summary")) {
            browser.run("arguments[0].parentElement.open = true", summary);
        }
        fits();
        browser.driver()
                .get(situation.page("?operation="
                        + calls.stream()
                                .filter(call -> call.retries() == 3)
                                .findFirst()
                                .orElseThrow()
                                .id()));
        awaitDetail("ready");
        fits();
    }

    @Test
    void itWorksBelowAnyPath() {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .route(routes -> routes.get("/ops/llm", mounted()).get("/ops/llm/**", mounted()))
                .bindNow();
        try {
            browser.open("http://127.0.0.1:" + server.port() + "/ops/llm");
            awaitCalls(CALLS);
            assertThat(url()).endsWith("/ops/llm/");
            browser.await(
                    "it is live", () -> "live".equals(browser.find("#live").getDomAttribute("data-state")));
            browser.find("#operations tbody a").click();
            awaitDetail("ready");
            assertThat(url()).contains("/ops/llm/?operation=");
            leave();
        } finally {
            server.disposeNow();
        }
    }

    private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> mounted() {
        return ObservabilityDashboard.create(situation.collector()).handler();
    }
}
