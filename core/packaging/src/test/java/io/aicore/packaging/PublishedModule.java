package io.aicore.packaging;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module of ours on the class path: its name, its files but the classes, and the classes as ArchUnit sees them. */
record PublishedModule(String name, Set<String> files, FileReader reader, JavaClasses classes) {

    private static final Pattern JAR = Pattern.compile("(aicore-[a-z-]+)-\\d.*\\.jar");
    private static final Pattern ARTIFACT =
            Pattern.compile("^  <artifactId>(aicore-[a-z-]+)</artifactId>", Pattern.MULTILINE);

    private static final List<PublishedModule> ALL = found();

    interface FileReader {
        String read(String file);
    }

    /** All that this module depends on. */
    static Stream<PublishedModule> all() {
        return ALL.stream();
    }

    private static List<PublishedModule> found() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .flatMap(PublishedModule::at)
                .toList();
    }

    private static Stream<PublishedModule> at(Path entry) {
        Matcher jar = JAR.matcher(entry.getFileName().toString());
        if (jar.matches()) {
            return Stream.of(ofJar(jar.group(1), entry));
        }
        // A build up to the tests has made no jars.
        Path pom = entry.resolve("../../pom.xml").normalize();
        return entry.endsWith("target/classes") && Files.exists(pom)
                ? Stream.of(of(
                                artifact(pom),
                                entry,
                                file -> text(entry.resolve(file)),
                                new ClassFileImporter().importPath(entry)))
                        .filter(module -> !module.name().equals("aicore-packaging"))
                : Stream.empty();
    }

    private static PublishedModule ofJar(String name, Path jar) {
        try (FileSystem opened = FileSystems.newFileSystem(jar);
                JarFile classes = new JarFile(jar.toFile())) {
            FileReader reader = file -> {
                try (FileSystem again = FileSystems.newFileSystem(jar)) {
                    return text(again.getPath("/").resolve(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            return of(name, opened.getPath("/"), reader, new ClassFileImporter().importJar(classes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublishedModule of(String name, Path root, FileReader reader, JavaClasses classes) {
        try (Stream<Path> all = Files.walk(root)) {
            Set<String> files = all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.endsWith(".class"))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new PublishedModule(name, files, reader, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String artifact(Path pom) {
        Matcher found = ARTIFACT.matcher(text(pom));
        if (!found.find()) {
            throw new IllegalStateException(pom + " has no artifactId of ours");
        }
        return found.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
