package io.aicore.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorDetails;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line: a failure, or many, and what they mean. {@code --help} says how. */
public final class Main {

    static final int DONE = 0;
    static final int WRONG_USE = 2;
    static final int BELOW_THRESHOLD = 3;

    private static final String STANDARD_INPUT = "-";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    Main(InputStream in, PrintStream out, PrintStream err, Clock clock) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Runs it, and ends the process with its exit code. */
    public static void main(String... args) {
        Main main = new Main(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Clock.systemUTC());
        System.exit(main.run(args));
    }

    /** The exit code. */
    int run(String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help) {
                out.print(Arguments.usage());
                return DONE;
            }
            String jsonl = arguments.jsonl;
            return jsonl == null ? explainOne(arguments) : explainAll(arguments, jsonl);
        } catch (IllegalArgumentException wrong) {
            err.println("explain: " + String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", " "));
            return WRONG_USE;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int explainOne(Arguments arguments) {
        Integer status = arguments.status;
        String file = arguments.body;
        Case failure = new Case(
                "",
                arguments.provider,
                status == null ? 0 : status,
                arguments.headers(),
                file == null ? "" : content(file),
                arguments.stream(),
                now(arguments),
                Set.of(),
                null);
        ErrorDetails details = Explainer.explain(failure).details();
        if (arguments.json) {
            out.println(json(Report.fields(details)));
        } else {
            Report.lines(details).forEach(out::println);
        }
        return DONE;
    }

    private int explainAll(Arguments arguments, String file) {
        CaseReader reader = new CaseReader(now(arguments));
        Score score = new Score();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    explain(reader, line, number, file, arguments.score ? score : null);
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return arguments.score ? scored(arguments, score, file) : DONE;
    }

    private void explain(CaseReader reader, String line, int number, String file, @Nullable Score score) {
        Case failure;
        try {
            failure = reader.read(line, number);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ", line " + number + ": " + wrong.getMessage(), wrong);
        }
        Verdict verdict = Explainer.explain(failure);
        if (score == null) {
            out.println(json(verdict.line()));
        } else {
            score.add(failure, verdict);
        }
    }

    private int scored(Arguments arguments, Score score, String file) {
        score.lines().forEach(out::println);
        boolean below = false;
        for (Score.Field field : Score.Field.values()) {
            below |= below(file, field.label(), score.overall(field), arguments.least(field));
            below |= below(file, "nasty " + field.label(), score.nasty(field), arguments.leastNasty(field));
        }
        return below ? BELOW_THRESHOLD : DONE;
    }

    private boolean below(String file, String label, Score.Count count, @Nullable Double least) {
        Double percent = count.percent();
        if (least == null) {
            return false;
        }
        if (percent == null) {
            throw new IllegalArgumentException(file + ": no case to compare " + label + " with");
        }
        if (percent < least) {
            out.println(
                    "below the threshold: " + label + " " + count.toString().strip() + ", at least " + least + " %");
        }
        return percent < least;
    }

    private Instant now(Arguments arguments) {
        String now = arguments.now;
        return now == null ? clock.instant() : CaseReader.instant(now);
    }

    private String content(String file) {
        try (InputStream stream = open(file)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private InputStream open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return in;
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unreadable(String file, IOException e) {
        String why = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
        return new IllegalArgumentException(file + ": " + why, e);
    }

    private static String json(Map<String, @Nullable Object> object) {
        return new String(Json.write(new LinkedHashMap<>(object)), UTF_8);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, UTF_8);
    }
}
