package io.jenkins.plugins.argopreflight.cli.demo.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens with HMAC-SHA256 (RFC 7519), under a key of this process. */
final class SignedTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    /** What a token says of its bearer: the one repository that can be pulled, "" for none. */
    record Claims(String subject, String repository) {
        boolean pulls(String asked) {
            return !repository.isEmpty() && repository.equals(asked);
        }
    }

    private final SecretKeySpec key;

    SignedTokens() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    String issue(String audience, String subject, String repository, Instant expires) {
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", "argo-preflight demo").put("sub", subject).put("aud", audience);
        claims.put("exp", expires.getEpochSecond());
        if (!repository.isEmpty()) {
            claims.putArray("access")
                    .addObject()
                    .put("type", "repository")
                    .put("name", repository)
                    .putArray("actions")
                    .add("pull");
        }
        String content = HEADER + "." + part(claims.toString());
        return content + "." + signature(content);
    }

    /** The claims of a token that we signed and that has not expired. */
    Optional<Claims> verified(String token) {
        int end = token.lastIndexOf('.');
        if (end < 0 || !sameText(signature(token.substring(0, end)), token.substring(end + 1))) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
            if (claims.path("exp").asLong() <= Instant.now().getEpochSecond()) {
                return Optional.empty();
            }
            return Optional.of(new Claims(
                    claims.path("sub").asText(),
                    claims.path("access").path(0).path("name").asText()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return URL.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }

    private static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
