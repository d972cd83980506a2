package io.actionscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Records that compare themselves by hand, which is faster at a start, compare all of themselves.
 */
class RecordEqualityTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.actionscheduler");

  /** The rest of these follows from what they compare: a schedule from its text. */
  private static final Set<String> FOLLOWED = Set.of("Timing");

  private static Set<String> components(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .map(JavaField::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> used(JavaClass type, String method, Class<?>... parameters) {
    return type.getMethod(method, parameters).getFieldAccesses().stream()
        .filter(access -> access.getTargetOwner().equals(type))
        .map(JavaAccess::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noComponentIsForgotten() {
    Set<String> byHand = new TreeSet<>();
    for (JavaClass type : CODE) {
      if (type.isRecord()
          && !FOLLOWED.contains(type.getSimpleName())
          && !used(type, "equals", Object.class).isEmpty()) {
        byHand.add(type.getSimpleName());
        assertThat(used(type, "equals", Object.class))
            .as(type.getName() + ".equals")
            .isEqualTo(components(type));
        assertThat(used(type, "hashCode"))
            .as(type.getName() + ".hashCode")
            .isNotEmpty()
            .isSubsetOf(components(type));
      }
    }
    assertThat(byHand).contains("Years", "DaySet", "ProgressKey", "ZoneChoice", "LedgerPosition");
  }
}
