package io.actionscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DocumentedExceptionsTest {
  @Test
  void aMissingTagIsNoticed() throws IOException {
    DocumentedExceptions code = new DocumentedExceptions();
    code.add(
        "One.java",
        """
        public final class One {
          /** The {@code value}; it is read. */
          public <T, X extends Exception> T read(Map<String, Work<T, X>> work) throws IOException, X {
            return work(";");
          }

          /**
           * Written.
           *
           * @throws IOException when it cannot be written
           */
          public void write() throws IOException {}

          void inside() throws IOException {}

          @Override
          public void close() throws IOException {}

          public One(int one) throws Refused {}

          public record Part(int length) {
            public Part {
              if (length < 0) {
                throw new IllegalArgumentException("negative");
              }
              try {
                throw new Caught();
              } catch (Caught e) {
                throw new IllegalStateException("a defect");
              }
            }
          }
        }
        """);
    code.add("Two.java", "public interface Two {\n  void two() throws Refused;\n}\n");
    code.add("Hidden.java", "interface Hidden {\n  void two() throws Refused;\n}\n");
    assertThat(code.undocumented())
        .containsExactly(
            "One.java: read: IOException",
            "One.java: read: X",
            "One.java: One: Refused",
            "One.java: Part: IllegalArgumentException",
            "Two.java: two: Refused");
  }
}
