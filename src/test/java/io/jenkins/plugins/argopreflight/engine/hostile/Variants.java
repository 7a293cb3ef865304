package io.jenkins.plugins.argopreflight.engine.hostile;

import java.util.List;
import java.util.Random;

/** Hostile manifests from a fixed seed: other sizes, other operators and functions, and one attack inside another. */
final class Variants {

    private static final List<String> GROWTH = List.of(
            "{{inputs.parameters.x}}{{inputs.parameters.x}}",
            "{{inputs.parameters.x}}-{{inputs.parameters.x}}-{{inputs.parameters.x}}",
            "{{inputs.parameters}}{{inputs.parameters.x}}",
            "{{=inputs.parameters.x + inputs.parameters.x}}",
            "{{=toJson(toJson(inputs.parameters.x))}}",
            "{{=sprig.replace(\"a\", \"aaa\", inputs.parameters.x)}}",
            "{{=sprig.regexReplaceAll(\"a\", inputs.parameters.x, \"${0}${0}\")}}",
            "{{=sprig.repeat(7, inputs.parameters.x)}}",
            "{{=sprig.b64enc(inputs.parameters.x + inputs.parameters.x)}}");
    private static final List<String> PATTERNS = List.of(
            "^(a+)+$",
            "(a|a)*b",
            "(a|aa)+$",
            "^(([a-z])+.)+[A-Z]$",
            "(a*)*b",
            "(.*)*c",
            "(x+x+)+y",
            "((a{1,30}){1,30}){1,30}",
            "a{500}{2}",
            "(a{1000}){1000}",
            "([a-z]{0,1000}){1000}",
            "(?:a?){400}a{400}",
            "\\\\pL{900}",
            "[^b]*[^c]*[^d]*[^e]*f");

    private final Random random;

    Variants(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(10)) {
            case 0 -> Attacks.chain(size(120), one(GROWTH));
            case 1 ->
                Attacks.argument(nested(
                        size(20_000), one(List.of("(", "[", "!(", "-(", "1 + (", "true ? (")), one(List.of(")", "]"))));
            case 2 -> Attacks.when(nested(size(20_000), one(List.of("(", "!(")), ")"));
            case 3 ->
                Attacks.when(
                        "'" + "a".repeat(size(30_000)) + "' " + one(List.of("=~", "!~")) + " '" + one(PATTERNS) + "'");
            case 4 -> Attacks.argument("{{='" + "a".repeat(size(30_000)) + "!' matches '" + one(PATTERNS) + "'}}");
            case 5 ->
                Attacks.argument("{{=sprig." + one(List.of("regexMatch", "regexFind", "mustRegexMatch")) + "('"
                        + one(PATTERNS) + "', '" + "a".repeat(size(30_000)) + "')}}");
            case 6 ->
                Attacks.withParam(one(List.of(
                        "[" + Attacks.items(size(150), i -> "\"" + "b".repeat(size(9_000)) + "\"", ",") + "]",
                        "[".repeat(size(200_000)) + "]".repeat(size(200_000)),
                        Attacks.items(1, i -> "[" + "1e999999999,".repeat(size(20_000)) + "1]", ""),
                        "[" + "{\"a\":{\"a\":{}}},".repeat(size(30_000)) + "{}]")));
            case 7 -> Attacks.loops(1 + random.nextInt(200), 1 + random.nextInt(6));
            case 8 -> random.nextBoolean() ? Attacks.dag(size(2_000), size(60)) : Attacks.calls(size(4_000));
            default -> random.nextBoolean() ? Attacks.images(size(4_000)) : Attacks.imageLoops(size(30), size(200));
        };
    }

    private static String nested(int depth, String open, String close) {
        return "{{=" + open.repeat(depth) + "1" + close.repeat(depth) + "}}";
    }

    private int size(int most) {
        return 1 + random.nextInt(most);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
