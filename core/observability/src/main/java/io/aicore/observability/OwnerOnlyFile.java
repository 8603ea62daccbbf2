package io.aicore.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Creates the file of a new H2 database with access for its owner only, on file systems with owners: records are
 * confidential, and H2 creates files that all users of the machine may read.
 */
final class OwnerOnlyFile {

    private OwnerOnlyFile() {}

    /**
     * Creates the file if it does not exist; H2 accepts an empty one as a new database. Blocks.
     *
     * @param database as H2 expects it: a path without extension, optionally followed by settings
     */
    static void make(String database) {
        String name = database.split(";", 2)[0];
        if (database.toUpperCase(Locale.ROOT).contains(";IFEXISTS=TRUE")) {
            return;
        }
        String home = name.startsWith("~") ? System.getProperty("user.home") + name.substring(1) : name;
        Path file = Path.of(home + Address.FILE_ENDING).toAbsolutePath();
        if (Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            // Not lost: H2 fails with the same cause when it opens the database, and the collector reports it.
        }
    }
}
