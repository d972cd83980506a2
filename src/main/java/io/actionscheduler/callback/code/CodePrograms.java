package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.util.List;

/** Programs that run the code in the parameters, in one language. */
final class CodePrograms implements Programs {
  private final Language language;
  private final String python;
  private Interpreter interpreter; // null until it is first used

  /**
   * @param python a path, or a name in the scheduler's PATH
   */
  CodePrograms(Language language, String python) {
    this.language = requireNonNull(language, "language is null");
    this.python = requireNonNull(python, "python is null");
  }

  @Override
  public void prepare() throws CallbackException, InterruptedException {
    interpreter();
  }

  @Override
  public Program of(Parameters parameters) throws CallbackException, InterruptedException {
    String code = parameters.text(language.parameter());
    Interpreter found = interpreter();
    return Program.ofText(
        language.program(code, found.executable()), language.file(), code, found.needs());
  }

  private synchronized Interpreter interpreter() throws CallbackException, InterruptedException {
    if (interpreter == null) {
      interpreter =
          language == Language.PYTHON_CODE
              ? Interpreter.find(python)
              : new Interpreter("", List.of());
    }
    return interpreter;
  }
}
