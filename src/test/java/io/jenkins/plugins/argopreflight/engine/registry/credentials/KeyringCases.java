package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Generates Secrets and images around every rule of the kubelet's keyring, the malformed included. */
public final class KeyringCases {

    /**
     * Secrets with their data in base64, and an image.
     *
     * @param secrets in the order of the pod's imagePullSecrets
     * @param image a valid name
     */
    public record Case(List<RawSecret> secrets, String image) {

        public List<PullSecret> pullSecrets() {
            return secrets.stream()
                    .map(s -> PullSecret.of(s.name, s.type, s.data))
                    .toList();
        }

        String json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("image", image);
            for (RawSecret secret : secrets) {
                ObjectNode object = node.withArray("secrets").addObject();
                object.put("name", secret.name).put("type", secret.type);
                ObjectNode data = object.putObject("data");
                secret.data.forEach(data::put);
            }
            node.withArray("secrets");
            return node.toString();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(image);
            for (RawSecret secret : secrets) {
                text.append("\n  ").append(secret.name).append(' ').append(secret.type);
                secret.data.forEach((key, value) -> text.append(' ')
                        .append(key)
                        .append('=')
                        .append(new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1)));
            }
            return text.toString();
        }
    }

    public record RawSecret(String name, String type, Map<String, String> data) {}

    private static final String[] HOSTS = pool("""
        docker.io index.docker.io registry.example.com registry.example.com:5000 quay.io localhost
        localhost:5000 127.0.0.1:15000 [::1]:5000 [::1] [fe80::1]:80 A REGISTRY ghcr.io a.b.example.com
        example.com 1.2.3.4 [::A] [1::2:3]:5000 [abc]:5000
        """);
    private static final String[] PATHS = pool("""
        /team/image /library/nginx /nginx /v1/image /v2/image /team-two/image /a /team/v1/x /v1
        """);
    private static final String[] KEY_HOSTS = pool("""
        docker.io index.docker.io registry-1.docker.io *.docker.io *.io * *.example.com registry.*.com
        reg*.example.com *gistry.ex*le.c*m registry.example.com: registry.example.com:443
        registry.example.com:05000 *.example.com:5000 registry.example.com:* registry.example.com.
        Registry.Example.com REGISTRY k[a-z].io [a-z]uay.io q?ay.io quay%2eio qu%61y.io %E2%82%AC.io
        €.io user@quay.io user:pa%3Ass@quay.io us␠er@quay.io us%zzer@quay.io a@b@quay.io
        [::1%25eth0]:5000 [::1%25A] [::A] [1.2.3.4] [::1.2.3.4]:80 [::1]x [::1 ::1 a:b:c [::1%25%5A-]
        [::1%2525A-Z] [::1%2525A]
        [::1%25A-Z] [::1%25*] [::1%25é-] [%3A:1]:5000 [::1%]:5000 ∅ :5000 1.2.3.* 127.0.0.1
        127.0.0.*:15000 localhost:* quay.io| quay.io\\ quay<>.io q"uay.io [abc]:5000 [::1]:5000]
        [0:0:0:0:0:0:0:1]:5000 [1::2:3]:5000 [1:2:3:4:5:6:7:8:9]:5000 l*h*t **.io a*b*
        """);
    private static final String[] KEY_PATHS = pool("""
        ∅ ∅ ∅ ∅ / /v1/ /v2/ /v1 /v2 /v1/team /v2/v1/ /team /team/ /team/image /team/image:v1 /te%61m
        /te%2561m /team% /team%3Fx /team%23x // //team /v1// /tea* /[ /TEAM /library /v1?x=/y ?x ? #f
        #%zz /team#f /team?x#%zz /v2/? /ü
        """);
    private static final String[] SCHEMES = pool("""
        ∅ ∅ ∅ ∅ https:// https:// http:// HTTPS:// ftp:// // https:/// https://https:// ␠
        """);
    private static final String[] TYPES = {
        PullSecret.DOCKER_CONFIG_JSON,
        PullSecret.DOCKER_CONFIG_JSON,
        PullSecret.DOCKER_CONFIG_JSON,
        PullSecret.DOCKER_CONFIG_JSON,
        PullSecret.DOCKERCFG,
        PullSecret.DOCKERCFG,
        "Opaque",
        "",
        "kubernetes.io/tls",
    };
    private static final String[] OTHER_VALUES = {
        "null",
        "1",
        "true",
        "\"text\"",
        "[]",
        "[{}]",
        "{}",
        "{\"a\":{\"b\":[1,{}]}}",
        "-0.5e+3",
        "\"\\ud800\"",
        "[[[]]]",
    };
    private static final String[] NOT_JSON = {
        "",
        " ",
        "\n",
        "nul",
        "{",
        "}",
        "{\"auths\":{}}}",
        "{\"auths\":{}} x",
        "\uFEFF{}",
        "{'auths':{}}",
        "{\"auths\":{},}",
        "{auths:{}}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "// c\n{}",
        "{\"a\":.5}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\" \"b\"}",
        "[1,]",
        "{\"a\":\"\\u12g4\"}",
        "{} {}",
        "\u00A0{}",
        "{\"a\":tru}",
    };

    private final Random random;

    public KeyringCases(long seed) {
        random = new Random(seed);
    }

    public Case next() {
        List<RawSecret> secrets = new ArrayList<>();
        String image = chance(8)
                ? pick("nginx", "team/image:v1", "nginx@sha256:" + "ab".repeat(32))
                : pick(HOSTS) + pick(PATHS);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            secrets.add(secret("s" + i, image));
        }
        return new Case(List.copyOf(secrets), image);
    }

    private RawSecret secret(String name, String image) {
        String type = pick(TYPES);
        Map<String, String> data = new HashMap<>();
        boolean legacy = type.equals(PullSecret.DOCKERCFG) != chance(30);
        byte[] value = value(legacy, image);
        if (!chance(30)) {
            data.put(
                    legacy ? ".dockercfg" : ".dockerconfigjson",
                    Base64.getEncoder().encodeToString(value));
        }
        if (chance(20)) {
            data.put(
                    legacy ? ".dockerconfigjson" : ".dockercfg",
                    Base64.getEncoder().encodeToString(value(!legacy, image)));
        }
        return new RawSecret(name, type, data);
    }

    private byte[] value(boolean legacy, String image) {
        if (chance(60)) {
            return pick(NOT_JSON).getBytes(StandardCharsets.UTF_8);
        }
        if (chance(80)) {
            return pick(OTHER_VALUES).getBytes(StandardCharsets.UTF_8);
        }
        String json = legacy ? auths(image) : wrapped(image);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (chance(25) && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (chance(40)) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        return bytes;
    }

    private String wrapped(String image) {
        StringBuilder json = new StringBuilder("{");
        int fields = chance(10) ? 2 : 1;
        for (int i = 0; i < fields; i++) {
            field(
                    json,
                    pick(
                            "auths",
                            "auths",
                            "auths",
                            "auths",
                            "auths",
                            "Auths",
                            "AUTHS",
                            "auth\u017F",
                            "auth",
                            "au\\u0074hs"),
                    chance(30) ? pick(OTHER_VALUES) : auths(image));
        }
        if (chance(8)) {
            field(
                    json,
                    pick("HttpHeaders", "httpheaders", "credsStore", "credHelpers", "x\\ud83d"),
                    pick(
                            "{}",
                            "null",
                            "{\"User-Agent\":\"x\"}",
                            "{\"a\":1}",
                            "{\"a\":null}",
                            "\"desktop\"",
                            "{\"a\":[]}"));
        }
        return json.append('}').toString();
    }

    private String auths(String image) {
        StringBuilder json = new StringBuilder(chance(20) ? " {\n" : "{");
        int entries = random.nextInt(5);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            String key = chance(8) && !keys.isEmpty() ? keys.get(0) : key(image);
            keys.add(key);
            field(json, key, chance(90) ? pick(OTHER_VALUES) : entry());
        }
        return json.append('}').toString();
    }

    private String key(String image) {
        String host = image.contains("/") ? image.substring(0, image.indexOf('/')) : "index.docker.io";
        String own = pick(
                "",
                "",
                "",
                "/",
                "/v1/",
                "/v2/",
                image.contains("/") ? image.substring(image.indexOf('/')) : "/library");
        String key = chance(2)
                ? pick("", "", "https://", "http://") + host + own
                : pick(SCHEMES) + (chance(3) ? host : chance(3) ? pick(HOSTS) : pick(KEY_HOSTS)) + pick(KEY_PATHS);
        if (chance(40) && !key.isEmpty()) {
            int at = random.nextInt(key.length());
            key = key.substring(0, at)
                    + pick("%", "\\u0000", "\\n", "@", ":", "[", "]", "*", "\\ud800", "%41", "\u007F", "\uFFFD")
                    + key.substring(at);
        }
        return key.replace("\"", "\\\"").replace("quay.io\\", "quay.io\\\\");
    }

    private String entry() {
        StringBuilder json = new StringBuilder("{");
        String id = Integer.toString(random.nextInt(1000));
        if (chance(2)) {
            field(json, pick("username", "username", "Username", "u\\u0073ername", "u\u017Fername"), text("user" + id));
            field(json, pick("password", "password", "PASSWORD"), text("pass" + id));
        }
        if (chance(2)) {
            field(json, pick("auth", "auth", "auth", "Auth"), chance(90) ? pick(OTHER_VALUES) : "\"" + auth(id) + "\"");
        }
        if (chance(6)) {
            field(
                    json,
                    pick("email", "identitytoken", "registrytoken", "auth", "username", "password", "x"),
                    pick("\"\"", "\"x\"", "null", "\"YTpi\"", "7", "{\"a\":[1]}"));
        }
        return json.append('}').toString();
    }

    private String text(String plain) {
        return chance(90)
                ? pick(OTHER_VALUES)
                : "\"" + (chance(20) ? plain + pick("\\ud83d\\ude00", "\\udc00", "ü", "\\n") : plain) + "\"";
    }

    private String auth(String id) {
        byte[] plain = ("u" + id + pick(":", ":", ":", ":", ":", ":", ":", ":x:", ":", ":", ":", ":", "")
                        + pick("p", "pw", "pwd", "") + id)
                .getBytes(StandardCharsets.UTF_8);
        if (chance(10) && plain.length > 1) {
            plain[random.nextInt(plain.length)] = (byte) (128 + random.nextInt(128));
        }
        Base64.Encoder encoder = chance(4) ? Base64.getEncoder().withoutPadding() : Base64.getEncoder();
        String auth = encoder.encodeToString(plain);
        if (chance(25)) {
            int at = random.nextInt(auth.length() + 1);
            auth = auth.substring(0, at)
                    + pick(
                            "\\n", "\\r\\n", "=", "==", " ", "!", "A", "-", "_", "\\u00a0", "\\u2003", "ü", "=\\n=",
                            "\\u0085")
                    + auth.substring(at);
        }
        if (chance(60)) {
            auth = auth.substring(0, random.nextInt(auth.length() + 1))
                    + pick("", "=", " ", "\\n", "=\\u2003", "= ", "==", "=\\n");
        }
        return auth;
    }

    private void field(StringBuilder json, String name, String value) {
        json.append(json.toString().strip().length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value);
    }

    /** Words; ␠ stands for a space, ∅ for nothing. */
    private static String[] pool(String words) {
        return Stream.of(words.strip().split("\\s+"))
                .map(word -> word.replace('␠', ' ').replace("∅", ""))
                .toArray(String[]::new);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}
