package io.aicore.observability;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes calls to a file in portions: to a temporary file beside it, which replaces the target when complete and is
 * deleted otherwise. Everything, including the end after a cancel, runs on one thread that may block, so that nothing
 * is closed while it is written.
 */
final class Export {

    private static final int PORTION = 256;

    private final ExportFormat format;
    private final Path file;
    private final Path part;
    private final Scheduler thread = Schedulers.single(Schedulers.boundedElastic());
    private @Nullable RowWriter rows;
    private long written;

    private Export(ExportFormat format, Path file) {
        this.format = format;
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling("." + this.file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Number of calls written so far, after each portion; completes when the file is in place. */
    static Flux<Long> of(Flux<LlmOperation> calls, ExportFormat format, Path file) {
        return Flux.usingWhen(
                Mono.fromSupplier(() -> new Export(format, file)),
                export -> export.run(calls),
                export -> export.end(() -> {}),
                (export, error) -> export.end(export::drop),
                export -> export.end(export::drop));
    }

    private Flux<Long> run(Flux<LlmOperation> calls) {
        return onThread(this::open)
                .thenMany(calls.buffer(PORTION).publishOn(thread, 1))
                .<Long>handle((portion, sink) -> {
                    try {
                        sink.next(write(portion));
                    } catch (IOException e) {
                        sink.error(e);
                    }
                })
                .concatWith(onThread(this::finish).then(Mono.empty()));
    }

    private void open() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("file: " + file + " (expected: a file, not a directory)");
        }
        if (!Files.isDirectory(part.resolveSibling(""))) {
            throw new NoSuchFileException(String.valueOf(part.getParent()), null, "no such directory");
        }
        rows = format.create(part);
    }

    private long write(List<LlmOperation> portion) throws IOException {
        RowWriter to = Objects.requireNonNull(rows, "rows");
        for (LlmOperation call : portion) {
            to.write(call);
        }
        return written += portion.size();
    }

    private void finish() throws IOException {
        close();
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void drop() throws IOException {
        try {
            close();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void close() throws IOException {
        RowWriter open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }

    private Mono<Void> end(Work work) {
        return onThread(work).doFinally(signal -> thread.dispose());
    }

    private Mono<Void> onThread(Work work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run();
                    return null;
                })
                .subscribeOn(thread);
    }

    /** Blocking file work. */
    private interface Work {
        void run() throws IOException;
    }
}
