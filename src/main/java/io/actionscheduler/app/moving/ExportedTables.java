package io.actionscheduler.app.moving;

import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tables as files: {@code TABLE.csv} as {@code psql --csv} writes it, or {@code TABLE.tsv} as
 * {@code mysql --batch} does. The first line names the columns.
 */
final class ExportedTables implements Tables {
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private final Map<String, Path> files = new TreeMap<>();

  private final String place;

  private ExportedTables(Path place) {
    this.place = place.toString();
  }

  /** The tables in a folder, or the one in a file. */
  static ExportedTables in(Path place) throws Unreadable {
    ExportedTables tables = new ExportedTables(place);
    if (!Files.isDirectory(place)) {
      tables.add(place);
      return tables;
    }
    try (Stream<Path> files = Files.list(place)) {
      files.filter(file -> file.toString().matches(".*\\.[ct]sv")).forEach(tables::add);
    } catch (AccessDeniedException e) {
      throw new Unreadable(place + ": this user may not read it", e);
    } catch (IOException e) {
      throw new Unreadable(place + ": cannot be read: " + e, e);
    }
    return tables;
  }

  private void add(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    files.put(name.substring(0, name.length() - ".csv".length()), file);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public Set<String> names() {
    return files.keySet();
  }

  @Override
  public Set<String> columns(String table) throws Unreadable {
    Path file = files.get(table.toLowerCase(Locale.ROOT));
    return file == null ? Set.of() : Set.copyOf(head(lines(file), file));
  }

  @Override
  public List<TableRow> rows(String table) throws Unreadable {
    Path file = files.get(table.toLowerCase(Locale.ROOT));
    List<List<String>> lines = lines(file);
    List<String> columns = head(lines, file);
    List<TableRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> line = lines.get(i);
      if (line.size() != columns.size()) {
        throw new Unreadable(
            "%s: row %d has %d values for %d columns"
                .formatted(file, i, line.size(), columns.size()));
      }
      Map<String, Object> row = new LinkedHashMap<>();
      for (int j = 0; j < line.size(); j++) {
        row.put(columns.get(j), line.get(j));
      }
      rows.add(new TableRow(row));
    }
    return rows;
  }

  private static List<String> head(List<List<String>> lines, Path file) throws Unreadable {
    if (lines.isEmpty()) {
      throw new Unreadable(file + ": is empty; its first line names the columns");
    }
    return lines.get(0).stream()
        .map(name -> name == null ? "" : name.strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<List<String>> lines(Path file) throws Unreadable {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Unreadable(
            file
                + ": has more than 64 MiB, the most that is read; export the rows of the schedules only");
      }
      String text = Files.readString(file).replaceFirst("^\ufeff", ""); // as Windows begins files
      return file.toString().endsWith(".tsv") ? tsv(text) : csv(text, file);
    } catch (NoSuchFileException e) {
      throw new Unreadable(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new Unreadable(file + ": this user may not read it", e);
    } catch (CharacterCodingException e) {
      throw new Unreadable(file + ": is not text in UTF-8; convert it with iconv -t UTF-8", e);
    } catch (IOException e) {
      throw new Unreadable(file + ": cannot be read: " + e, e);
    }
  }

  /** Nulls are empty values without quotes. */
  private static List<List<String>> csv(String text, Path file) throws Unreadable {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean wasQuoted = false;
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (isQuoted) {
        if (sign != '"') {
          value.append(sign);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          value.append('"');
          i++;
        } else {
          isQuoted = false;
        }
      } else if (sign == '"') {
        isQuoted = true;
        wasQuoted = true;
      } else if (sign == ',' || sign == '\n') {
        line.add(value.length() == 0 && !wasQuoted ? null : value.toString());
        value.setLength(0);
        wasQuoted = false;
        if (sign == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (sign != '\r') {
        value.append(sign);
      }
    }
    if (isQuoted) {
      throw new Unreadable(
          file
              + ": ends within a quoted value in row "
              + lines.size()
              + "; the export is incomplete");
    }
    if (value.length() > 0 || wasQuoted || !line.isEmpty()) {
      line.add(value.toString());
      lines.add(line);
    }
    return lines;
  }

  private static List<List<String>> tsv(String text) {
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      List<String> values = new ArrayList<>();
      for (String value : line.split("\t", -1)) {
        values.add(
            value.equals("NULL") || value.equals("\\N")
                ? null
                : value
                    .replace("\\\\", "\0")
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\0", "\\"));
      }
      lines.add(values);
    }
    return lines;
  }
}
