package io.actionscheduler.callback.code;

import io.actionscheduler.action.CodeType;
import java.util.List;

/** The languages of code jobs. */
enum Language {
  /** A script for the shell, or for the program that its first line names: {@code #!/bin/bash}. */
  SHELL_SCRIPT(CodeType.SHELL_SCRIPT, "script", "script.sh") {
    @Override
    List<String> program(String code, String interpreter) {
      return interpreter(code).isEmpty()
          ? List.of("/bin/sh", file())
          : concat(interpreter(code), file());
    }
  },
  PYTHON_CODE(CodeType.PYTHON_CODE, "code", "job.py") {
    @Override
    List<String> program(String code, String interpreter) {
      // Unbuffered, so that what it prints can be followed; no compiled files beside the code.
      return List.of(interpreter, "-u", "-B", file());
    }
  };

  private final CodeType type;
  private final String parameter;
  private final String file;

  Language(CodeType type, String parameter, String file) {
    this.type = type;
    this.parameter = parameter;
    this.file = file;
  }

  /** The type of callbacks that run it: {@code python_code}. */
  String type() {
    return type.toString();
  }

  /** The parameter of an action that holds the code. */
  String parameter() {
    return parameter;
  }

  /** The name of the file that the code is put into. */
  String file() {
    return file;
  }

  /**
   * The command that runs the file.
   *
   * @param interpreter of Python
   */
  abstract List<String> program(String code, String interpreter);

  /**
   * The program that the first line names after {@code #!}, and the rest of the line as one
   * argument, as Linux reads it. The file itself is not started, since programs in its folder may
   * be forbidden to start.
   */
  private static List<String> interpreter(String code) {
    if (!code.startsWith("#!")) {
      return List.of();
    }
    String line = code.substring(2).lines().findFirst().orElse("").strip();
    return line.isEmpty() ? List.of() : List.of(line.split("[ \\t]+", 2));
  }

  private static List<String> concat(List<String> program, String file) {
    List<String> all = new java.util.ArrayList<>(program);
    all.add(file);
    return all;
  }
}
