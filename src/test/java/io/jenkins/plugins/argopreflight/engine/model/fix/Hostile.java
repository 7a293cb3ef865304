package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;

/** Values that a manifest, a cluster or a registry may hold, each of which tries to be more than a value. */
public final class Hostile {

    private Hostile() {}

    /** The hostile values that can be shown, and so can be an argument. */
    public static final List<String> VISIBLE = List.of(
            "db --from-literal=a=b; canary | sh #",
            "a'b",
            "a\"b",
            "'; canary; '",
            "\"; canary; \"",
            "$(canary)",
            "`canary`",
            "${IFS}canary",
            "$HOME",
            "a && canary",
            "a || canary",
            "a | canary",
            "a > /tmp/x",
            "a < /etc/passwd",
            "a & canary",
            "# comment",
            "a #b",
            "*",
            "?[a-z]*",
            "~root",
            "%s%n",
            "{a,b}",
            "!history",
            "a\\",
            "\\u0027 + canary + \\u0027",
            "EOF",
            "::error::canary",
            "##vso[task.setvariable]canary",
            "- a",
            "a: b",
            "null",
            "yes",
            "y",
            "0x1",
            "1e3",
            "0o14",
            "12:30:45",
            "2001-01-01",
            "&a",
            "*a",
            "!!binary x",
            "|",
            "> folded",
            "@at",
            "%TAG",
            "[a",
            "{a",
            "a, b",
            "=",
            "<<",
            "''' + canary + '''",
            "*/ canary /*",
            "ü 漢字",
            " leading and trailing ",
            "long ".repeat(3000));

    /** The hostile values that a reader cannot recognize when they are shown. */
    public static final List<String> HIDDEN = List.of(
            "a\nb",
            "a\nEOF\ncanary",
            "a\n::error::b",
            "a\r\nb",
            "a\tb",
            "a\u0000b",
            "\u001b[2J\u001b[1;1H",
            "\u009b31m",
            "\u202egpj.exe",
            "\u2066a\u2069",
            "a\u200bb",
            "a\u2028b",
            "\ufeffa",
            "a\u00adb",
            new String(Character.toChars(0xE0041)),
            "a\u0085b",
            "\ud800");
}
