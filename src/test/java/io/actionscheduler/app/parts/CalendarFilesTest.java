package io.actionscheduler.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.calendar.CalendarSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarFilesTest implements CalendarFiles.Told {
  private static final Policy POLICY =
      new Policy(
          true,
          MissedPolicy.of(true, -1),
          Overlap.QUEUE,
          List.of("stdout"),
          Optional.empty(),
          List.of(new CalendarUse("days", false)));

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private int written;

  @Override
  public void changed(String message) {
    told.add("changed " + message);
  }

  @Override
  public void failed(String message) {
    told.add("failed " + message);
  }

  private Path file() {
    return folder.resolve("days.ics");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
    // Two writes may lie within one tick of the file system's clock.
    Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000_000L * ++written));
  }

  private static String event(String date) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:"
        + date
        + "\nEND:VEVENT\nEND:VCALENDAR\n";
  }

  private CalendarFiles open() throws CalendarFault {
    return CalendarFiles.open(
        new CalendarPlan(
            List.of(
                new CalendarSettings(
                    "days", ZoneOffset.UTC, List.of(), List.of(), List.of(file()))),
            List.of()));
  }

  private static boolean excludes(CalendarFiles files, String date) {
    return files.inForce().now().excluded(POLICY).contain(Instant.parse(date + "T12:00:00Z"));
  }

  @Test
  void aChangedFileIsInForceOnceItHasBeenTheSameTwice() throws Exception {
    write(event("20261225"));
    CalendarFiles files = open();
    assertThat(excludes(files, "2026-12-25")).isTrue();

    write(event("20261226"));
    files.look(this);
    assertThat(excludes(files, "2026-12-26")).isFalse();
    files.look(this);
    assertThat(excludes(files, "2026-12-26")).isTrue();
    assertThat(excludes(files, "2026-12-25")).isFalse();
    files.look(this);
    assertThat(told)
        .containsExactly("changed calendars.days.ics: \"" + file() + "\" is read anew: 1 events");
  }

  @Test
  void theLastGoodContentsHoldWhileAFileIsBadOrGone() throws Exception {
    write(event("20261225"));
    CalendarFiles files = open();
    write("half a fi");
    for (int look = 0; look < 4; look++) {
      files.look(this);
    }
    assertThat(excludes(files, "2026-12-25")).isTrue();
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("failed calendars.days.ics: \"" + file() + "\" is no whole iCalendar file")
        .endsWith("its last good contents stay in force until the file is mended");

    Files.delete(file());
    files.look(this);
    files.look(this);
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).contains("does not exist");

    write(event("20261225")); // as before: that it is good again is told nevertheless
    files.look(this);
    files.look(this);
    assertThat(told).hasSize(3);
    assertThat(told.get(2)).startsWith("changed");
    assertThat(excludes(files, "2026-12-25")).isTrue();
  }

  @Test
  void atAStartABadFileIsAFault() throws Exception {
    assertThatThrownBy(this::open)
        .isInstanceOf(CalendarFault.class)
        .hasMessage("calendars.days.ics: \"" + file() + "\" does not exist");
    write("x");
    assertThatThrownBy(this::open).hasMessageContaining("is no whole iCalendar file");
  }
}
