package io.aicore.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Makes the file of a new H2 database one that its owner alone may read, where files have owners: records tell who asked
 * whom for what, and H2 makes files that all users of the machine may read.
 */
final class OwnFile {

    private OwnFile() {}

    /**
     * Makes the file if it is not there yet; H2 takes an empty one for a new database. Blocks.
     *
     * @param database as H2 has it: a path without the ending, perhaps with settings behind it
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
            // H2 meets the same when it opens the database, and says it to whoever waits for that.
        }
    }
}
