package io.actionscheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.actionscheduler.engine.clock.Alarm;
import io.actionscheduler.engine.clock.ClockWatch;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.Meanwhile;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.engine.intake.Replanned;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.engine.intake.StartStages;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/design.md that a compiler does not know. */
class ArchitectureTest {
  private static final String BASE = "io.actionscheduler.";
  private static JavaClasses code;

  @BeforeAll
  static void read() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.actionscheduler");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.actionscheduler.(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void theCoreUsesTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(BASE + "schedule..", BASE + "action..", BASE + "fire..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", BASE + "schedule..", BASE + "action..", BASE + "fire..")
        .check(code);
    classes()
        .that()
        .resideInAPackage(BASE + "verify..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", BASE + "schedule..", BASE + "action..", BASE + "fire..", BASE + "verify..")
        .check(code);
  }

  @Test
  void zonesAreBelowEverything() {
    classes()
        .that()
        .resideInAPackage(BASE + "zone..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.joda..", BASE + "schedule..", BASE + "zone..")
        .check(code);
  }

  @Test
  void schedulesKnowNothingOfActionsAndActionsNothingOfFires() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "schedule..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + "action..", BASE + "fire..")
        .check(code);
    noClasses()
        .that()
        .resideInAPackage(BASE + "action..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "fire..")
        .check(code);
  }

  @Test
  void theEngineKnowsNoDatabaseNoCallbackOfAKindAndNoSettings() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + "store..",
            BASE + "source..",
            BASE + "db..",
            BASE + "config..",
            BASE + "quartz..",
            BASE + "cli..",
            BASE + "app..",
            BASE + "callback.*..")
        .check(code);
  }

  /** Whoever uses the engine names it, its settings, what it begins with and the alarm it rings. */
  @Test
  void whatIsInsideTheEngineStaysInside() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "engine..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(BASE + "engine.*..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.belongToAnyOf(
                            Alarm.class,
                            ClockWatch.class,
                            ActionSync.class,
                            StartStages.class,
                            Meanwhile.class,
                            Replanned.class,
                            NextRuns.class,
                            SourceStart.class,
                            SourceStatus.class,
                            NamedCallbackSettings.class))))
        .check(code);
  }

  @Test
  void theRoomsOfTheEngineHaveNoCycles() {
    slices().matching(BASE + "engine.(*)..").should().beFreeOfCycles().check(code);
    noClasses()
        .that()
        .resideInAPackage(BASE + "engine.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "engine")
        .check(code);
  }

  /** The progress of an action and what is under way of it are one thing, in several files. */
  @Test
  void theClassesOfTheEngineHaveNoCycles() {
    SliceAssignment files =
        new SliceAssignment() {
          private static final Set<String> PROGRESS =
              Set.of(
                  "ActionProgress",
                  "FireBeside",
                  "FiresBeside",
                  "Firing",
                  "RareParts",
                  "SingleFire");
          private static final Set<String> TIMETABLE = Set.of("Timetable", "SharedSchedule");

          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith(BASE + "engine")) {
              return SliceIdentifier.ignore();
            }
            String name = outermost(type).getSimpleName();
            for (Set<String> one : List.of(PROGRESS, TIMETABLE)) {
              if (one.contains(name)) {
                return SliceIdentifier.of(String.join(", ", new TreeSet<>(one)));
              }
            }
            return SliceIdentifier.of(name);
          }

          @Override
          public String getDescription() {
            return "classes of the engine";
          }
        };
    slices().assignedFrom(files).should().beFreeOfCycles().check(code);
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  @Test
  void everyLibraryIsNamedInFewPackages() {
    onlyIn("org.quartz..", "quartz");
    onlyIn("org.joda..", "zone");
    onlyIn("biweekly..", "calendar.ics");
    onlyIn("org.jdbi..", "source", "store", "db");
    onlyIn("com.zaxxer..", "db");
    onlyIn("org.apache.kafka..", "callback.kafka", "cluster.kafka");
    onlyIn("redis.clients..", "callback.redis");
    onlyIn("org.apache.hc..", "callback.webhook");
    onlyIn("jakarta.mail..", "callback.email");
    onlyIn("org.yaml..", "text");
    onlyIn("tools.jackson..", "text");
    onlyIn("io.smallrye..", "config");
    onlyIn("org.eclipse.jetty..", "http");
    onlyIn("io.micrometer..", "api");
    onlyIn("io.prometheus..", "api");
    onlyIn("picocli..", "cli");
    onlyIn("me.tongfei..", "cli");
    onlyIn("ch.qos.logback..", "app.logging");
  }

  @Test
  void theRoomsOfTheAppHaveNoCycles() {
    slices().matching(BASE + "app.(*)..").should().beFreeOfCycles().check(code);
    // What commands, the HTTP API and pages use must not start or stop anything.
    noClasses()
        .that()
        .resideInAnyPackage(
            BASE + "app.parts..", BASE + "app.check..", BASE + "app.manual..", BASE + "app.view..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "app.lifecycle..")
        .check(code);
  }

  @Test
  void settingsAreReadInOnePlaceAndBelongToWhatTheyAreFor() {
    noClasses()
        .that()
        .resideInAnyPackage(BASE + "source..", BASE + "store..", BASE + "db..", BASE + "callback..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "config..")
        .check(code);
  }

  @Test
  void ownershipKnowsNothingOfWhatTheStoreHolds() {
    classes()
        .that()
        .resideInAPackage(BASE + "store.ownership..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.slf4j..",
            "org.jdbi..",
            "org.sqlite..",
            BASE + "db..",
            BASE + "fire..",
            BASE + "store.ownership..")
        .check(code);
  }

  /** Plug-ins compile against the package {@code callback}; what callbacks share is in-house. */
  @Test
  void thePortOfCallbacksUsesNothingOfOurOwnCallbacks() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "callback")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "callback.*..")
        .check(code);
  }

  private static void onlyIn(String library, String... packages) {
    String[] allowed = new String[packages.length];
    for (int i = 0; i < packages.length; i++) {
      allowed[i] = BASE + packages[i] + "..";
    }
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .and()
        .doNotHaveSimpleName("Main")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(code);
  }

  @Test
  void onlyTheShellReadsTheClock() {
    for (Class<?> type :
        new Class<?>[] {
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class
        }) {
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + "app..")
          .should()
          .callMethod(type, "now")
          .check(code);
    }
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "app..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(code);
  }

  /** Longer files hold a second thing, which has a name of its own. */
  @Test
  void noFileIsLongerThan300Lines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        long lines;
        try (Stream<String> all = Files.lines(file)) {
          lines = all.count();
        }
        if (lines > 300) {
          tooLong.add(file + ": " + lines);
        }
      }
    }
    assertThat(tooLong).as("files of more than 300 lines").isEmpty();
  }

  /** Callers of public methods read what is thrown, and when, without the code of the method. */
  @Test
  void publicMethodsSayWhatTheyThrow() throws IOException {
    DocumentedExceptions sources = new DocumentedExceptions();
    sources.addAll(Path.of("src/main/java"));
    assertThat(sources.undocumented())
        .as("public methods without a tag \"@throws Exception when …\" in their docstring")
        .isEmpty();
    assertThat(sources.declarations()).as("exceptions that were found").isGreaterThan(200);
  }
}
