package io.actionscheduler.testing;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests one {@link TestPostgres}, started when the first of them asks and stopped after the
 * last: {@code @ExtendWith(SharedPostgres.class)}, and a parameter of that type in a constructor, a
 * test or a {@code @BeforeEach}. Make a database of your own in it; don't stop it.
 */
public final class SharedPostgres implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestPostgres.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedPostgres.class))
        .computeIfAbsent(TestPostgres.class, key -> started(), TestPostgres.class);
  }

  private static TestPostgres started() {
    try {
      return TestPostgres.start();
    } catch (IOException e) {
      throw new IllegalStateException("no PostgreSQL for the tests: " + e.getMessage(), e);
    }
  }
}
