package io.inmesh.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.testkit.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void foldersAndFilesAreClosedToOthers() throws Exception {
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a/b"));
        directory.write("key.pem", new byte[] {1, 2, 3});
        directory.folder("deeper").write("x", new byte[0]);
        assertThat(mode("a")).isEqualTo("rwx------");
        assertThat(mode("a/b")).isEqualTo("rwx------");
        assertThat(mode("a/b/key.pem")).isEqualTo("rw-------");
        assertThat(mode("a/b/deeper/x")).isEqualTo("rw-------");
        assertThat(directory.read("key.pem", 3)).hasValue(new byte[] {1, 2, 3});
    }

    @Test
    void anOpenFolderIsClosedAndItsLeftoversAreRemoved() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(open.resolve(".key.pem-1234.tmp"), "half a key");
        Files.writeString(open.resolve("kept"), "kept");
        PrivateDirectory.open(open);
        assertThat(mode("open")).isEqualTo("rwx------");
        assertThat(open).isDirectoryNotContaining("glob:**.tmp").isDirectoryContaining("glob:**/kept");
    }

    @Test
    void aReplacedFileHasTheNewContentAndNothingElseIsLeft() throws Exception {
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a"));
        directory.write("x", new byte[100]);
        directory.write("x", new byte[] {7});
        assertThat(directory.read("x", 10)).hasValue(new byte[] {7});
        try (var files = Files.list(directory.path())) {
            assertThat(files).hasSize(1);
        }
    }

    /** No disk is filled: the kernel lets a process of its own write so much and no more, which fails in the midst of a file as a full disk does. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aWriteThatTheDiskHasNoRoomForLeavesTheFileThatWas() throws Exception {
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a"));
        directory.write("x", new byte[] {7});
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 8; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ChildJvm.classPath(),
                        FullDisk.class.getName(),
                        directory.path().toString())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("no room");
        assertThat(directory.read("x", 10)).hasValue(new byte[] {7});
        try (var files = Files.list(directory.path())) {
            assertThat(files).hasSize(1);
        }
    }

    /** Writes more than it may. */
    public static final class FullDisk {

        private FullDisk() {}

        public static void main(String[] arguments) throws IOException {
            PrivateDirectory directory = PrivateDirectory.open(Path.of(arguments[0]));
            try {
                directory.write("x", new byte[1 << 20]);
                System.out.println("written");
            } catch (IOException e) {
                System.out.println("no room: " + e.getMessage());
            }
        }
    }

    @Test
    void aReaderNeverSeesHalfAFile() throws Exception {
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a"));
        directory.write("x", filled(0));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                try {
                    directory.write("x", filled(i));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            done.set(true);
        });
        writer.start();
        while (!done.get() && writer.isAlive()) {
            byte[] content = directory.read("x", 10_000).orElseThrow();
            assertThat(content).isEqualTo(filled(content[0]));
        }
        writer.join();
        assertThat(done).isTrue();
    }

    @Test
    void namesThatLeaveTheFolderAreRefused() throws Exception {
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a"));
        for (String name : new String[] {"", ".", "..", "../x", "a/b", "a\\b", ".hidden"}) {
            assertThatThrownBy(() -> directory.write(name, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void linksFilesAndOversizedContentAreRefused() throws Exception {
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("elsewhere")));
        assertThatThrownBy(() -> PrivateDirectory.open(link)).isInstanceOf(IOException.class);
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PrivateDirectory.open(file)).isInstanceOf(IOException.class);
        PrivateDirectory directory = PrivateDirectory.open(folder.resolve("a"));
        directory.write("x", new byte[11]);
        assertThatThrownBy(() -> directory.read("x", 10)).isInstanceOf(IOException.class);
        assertThat(directory.read("y", 10)).isEmpty();
    }

    private static byte[] filled(int value) {
        byte[] content = new byte[9_000];
        java.util.Arrays.fill(content, (byte) value);
        return content;
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
