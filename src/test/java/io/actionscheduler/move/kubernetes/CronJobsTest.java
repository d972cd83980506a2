package io.actionscheduler.move.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronJobsTest {
  private static final String MANY = // aliases that would grow without a limit
      "*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a,"
          + " *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a,"
          + " *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a";
  private static final Instant MONDAY = Instant.parse("2026-11-30T00:00:00Z"); // 9:00 in Tokyo
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: report, namespace: shop}
      spec:
        schedule: "0 9 * * 1"
        timeZone: Europe/Berlin
        startingDeadlineSeconds: 300
        concurrencyPolicy: Forbid
        suspend: true
        jobTemplate:
          spec:
            template:
              spec:
                containers:
                  - {name: a, image: x, command: [/bin/report], args: ["--all it's", -v]}
      """;

  @Test
  void aCronJobBecomesAnAction() {
    Moved moved = read(JOB).actions().get(0);

    assertThat(moved.row())
        .containsEntry("name", "shop/report")
        .containsEntry("command", "/bin/report '--all it'\\''s' -v")
        .containsEntry("cron", "0 9 * * 1")
        .containsEntry("timezone", "Europe/Berlin")
        .containsEntry("actuality_time", 300L)
        .containsEntry("overlap", "skip")
        .containsEntry("enabled", false)
        .containsEntry("callback", "jobs");
    assertThat(moved.notes()).isEmpty();
  }

  /** Only the first documents are read: memory does not grow with the file's number of them. */
  @Test
  void aMillionDocumentsAreRefused() {
    Move move = read("---\na: 1\n".repeat(1_000_000));

    assertThat(move.isWhole()).isFalse();
    assertThat(move.leftOut()).hasSize(1);
    assertThat(move.leftOut().get(0).reason())
        .contains("more than 20000 documents; split the file");
  }

  @Test
  void documentsAndListsAreReadAndOtherKindsLeftOut() {
    String list = "kind: List\nitems:\n- " + JOB.strip().replace("\n", "\n  ") + "\n";
    Move move = read("---\n" + JOB + "---\nkind: Service\n---\n" + list + "---\n");

    assertThat(move.isWhole()).isTrue();
    assertThat(move.actions())
        .extracting(Moved::name)
        .containsExactly("shop/report", "shop/report");
    assertThat(move.leftOut()).extracting(LeftOut::reason).containsExactly("no CronJob");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 9 * * 1 | 0 9 * * 1",
        "0/15 9 * * * | 0-59/15 9 * * *",
        "0 9 */2 * 1 | 0 9 1-31/2 * 1",
        "0 9 ? * 1-5 | 0 9 ? * 1-5",
        "@daily | @daily"
      })
  void theScheduleMeansTheSameHere(String written, String here) {
    assertThat(read(JOB.replace("0 9 * * 1", written)).actions().get(0).cron()).isEqualTo(here);
  }

  @Test
  void withoutAZoneItIsThatOfTheController() {
    assertThat(read(JOB.replace("  timeZone: Europe/Berlin\n", "")).actions().get(0).row())
        .containsEntry("timezone", "UTC");
  }

  /** Kubernetes refuses new ones, and goes on with those that were made before. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"TZ=Asia/Tokyo 0/15 9 * * 1", "CRON_TZ=Asia/Tokyo  0/15 9 * * 1"})
  void aZoneInTheScheduleBecomesThatOfTheAction(String written) {
    String job = JOB.replace("0 9 * * 1", written);
    Moved moved = read(job.replace("  timeZone: Europe/Berlin\n", "")).actions().get(0);

    assertThat(moved.row())
        .containsEntry("cron", "0-59/15 9 * * 1")
        .containsEntry("timezone", "Asia/Tokyo");
    assertThat(moved.notes().get(0)).contains("Kubernetes never supported it officially");
    assertThat(moved.elsewhere().between(MONDAY, MONDAY.plusSeconds(1_800)))
        .containsExactly(MONDAY.getEpochSecond() + 900, MONDAY.getEpochSecond() + 1_800);

    assertThat(read(job).isWhole()).isFalse();
    assertThat(read(job).leftOut())
        .singleElement()
        .satisfies(
            left ->
                assertThat(left.reason())
                    .contains("refuses timeZone beside a zone in the schedule"));
  }

  @Test
  void anIntervalFromTheStartIsNotToBeHad() {
    Move move = read(JOB.replace("0 9 * * 1", "@every 1h"));

    assertThat(move.isWhole()).isTrue();
    assertThat(move.leftOut()).singleElement();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [",
        "- 1",
        "kind: CronJob",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: 0 9 * * 7}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: @daily}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: '0 9 * * 1', timeZone: Mars}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: TZ=Mars 0 9 * * 1}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: 0 9 * * 1, concurrencyPolicy: forbid}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: 0 9 * * 1, suspend: 'true'}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: 0 9 * * 1, startingDeadlineSeconds: -5}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: 0 9 * * 1, startingDeadlineSeconds: 5m}",
        "kind: CronJob\nmetadata: {name: x}\nspec: {schedule: TZ=UTC}",
        "kind: CronJob\nmetadata: &m {name: x, of: *m}\nspec: {schedule: 0 9 * * 1}",
        "a: &a [1]\nb: [" + MANY + "]\nkind: CronJob",
        "kind: CronJob\nmetadata: {name: !!java.lang.Thread x}\nspec: {schedule: 0 9 * * 1}"
      })
  void whatIsNotUnderstoodIsAFault(String text) {
    assertThat(read(text).isWhole()).isFalse();
    assertThat(read(text).actions()).isEmpty();
  }

  private static Move read(String text) {
    return new CronJobs(Optional.of("jobs")).read(text);
  }
}
