package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads values from separate files, the way containers provide secrets. */
final class SecretFiles {
  private static final int LARGEST = 1024 * 1024;
  private static final String ALLOWED = "the path of a file that holds the value, as text in UTF-8";

  private final Path folder;

  /**
   * @param folder that relative paths begin in
   */
  SecretFiles(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** The text of a file without the line breaks at its end, which editors and tools leave there. */
  String read(String name) throws Refused {
    String shown = "names the file " + Quoted.quote(name) + ", which ";
    try (InputStream in = Files.newInputStream(folder.resolve(name.strip()))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new Refused(shown + "is larger than 1 MiB", ALLOWED);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.replaceFirst("[\\r\\n]+$", "");
    } catch (NoSuchFileException e) {
      throw new Refused(shown + "does not exist", ALLOWED);
    } catch (AccessDeniedException e) {
      throw new Refused(shown + "this user may not read", ALLOWED);
    } catch (CharacterCodingException e) {
      throw new Refused(shown + "is not text in UTF-8", ALLOWED);
    } catch (InvalidPathException | IOException e) {
      throw new Refused(shown + "cannot be read: " + e.getMessage(), ALLOWED);
    }
  }
}
