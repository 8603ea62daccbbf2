package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the page shortens figures and names. */
class FigureFormatBrowserTest extends BrowserTest {

    @TempDir
    static Path directory;

    private static Situation situation;

    @BeforeAll
    static void open() {
        situation = Situation.empty(directory, dashboard -> dashboard);
        browser.open(situation.page());
    }

    @AfterAll
    static void stop() {
        leave();
        situation.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "money | 0.99 | $0.99",
                "money | 0.996 | $1.00",
                "money | 9999.99 | $9,999.99",
                "money | 9999.996 | $10K",
                "money | 999949 | $999.9K",
                "money | 999950 | $1M",
                "money | 37283950 | $37.3M",
                "money | 1e15 | $1Q",
                "money | 0.00001 | <$0.0001",
                "money | null | –",
                "short | 9999 | 9,999",
                "short | 10000 | 10K",
                "short | 999999 | 1M",
                "short | 2675138200000 | 2.7T",
                "short | 2675138200000000000 | 2,675.1Q",
                "short | null | –",
                "moneyAxis | [0,0.25,0.5,0.75] | $0.00,$0.25,$0.50,$0.75",
                "moneyAxis | [0,1,2] | $0,$1,$2",
                "moneyAxis | [0,5000000,10000000] | $0M,$5M,$10M",
                "countAxis | [0,5000,10000] | 0K,5K,10K",
                "countAxis | [0,0.05,0.1] | 0.00,0.05,0.10",
                "percentAxis | [0,0.2,1] | 0 %,20 %,100 %",
                "durationAxis | [0,500,1000,1500] | 0.0 s,0.5 s,1.0 s,1.5 s",
                "durationAxis | [0,200,400] | 0 ms,200 ms,400 ms",
                "durationAxis | [0,300000,600000] | 0 min,5 min,10 min",
                "duration | 999999 | 16m 40s",
                "duration | 90000000000 | 2.9 y",
                "duration | 80000000000 | 925d 22h",
                "exactDuration | 80000000000.5 | 80,000,000.0005 s",
                "middle | 'us.anthropic.claude-3-7-sonnet-20250219-v1:0' | us.anthropic.…-7-sonnet-20250219-v1:0",
                "middle | 'gpt-5.2' | gpt-5.2",
                "middle | 'ffffffffffffffffffffffffffffffffffffffffffffffff' | fffffffffffffff…ffffffffffffffffffffffff",
            })
    void figuresAreShownThus(String how, String value, String shown) {
        assertThat(browser.driver()
                        .executeAsyncScript(
                                "const done = arguments[arguments.length - 1];"
                                        + "import('./format.js').then(format => done(String(format[arguments[0]](arguments[1].startsWith(\"'\")"
                                        + " ? arguments[1].slice(1, -1) : JSON.parse(arguments[1])))), error => done(String(error)))",
                                how,
                                value.matches("[a-z].*") && !value.equals("null") ? "'" + value + "'" : value))
                .isEqualTo(shown);
    }
}
