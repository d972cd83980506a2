package io.actionscheduler.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
  @TempDir Path folder;

  @Test
  void aFolderThatIsMountedNoexecOrCannotBeWrittenToIsNotUsed() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("in ner"));
    String root = "/dev/sda / ext4 rw,noexec 0 0";
    String plain = "tmpfs " + folder + " tmpfs rw,nosuid 0 0";
    String noexec = "tmpfs " + folder + "/in\\040ner tmpfs rw,nosuid,noexec 0 0";
    assertThat(SqliteLibrary.fault(folder, List.of(root, plain, noexec))).isEmpty();
    assertThat(SqliteLibrary.fault(inner, List.of(root, plain, noexec)))
        .contains(inner + " is mounted noexec");
    assertThat(SqliteLibrary.fault(inner, List.of(plain, root))).isEmpty();
    assertThat(SqliteLibrary.fault(folder, List.of(root))).contains(folder + " is mounted noexec");
    assertThat(SqliteLibrary.fault(folder, List.of())).isEmpty();
    Path none = folder.resolve("none");
    assertThat(SqliteLibrary.fault(none, List.of())).contains(none + " cannot be written to");
  }
}
