package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The parsing of image names by the kubelet and the controller, for hosts, paths, tags and digests of every kind. */
@NeedsServers(Server.ORACLES)
class ImageNamesOracleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHA = "sha256:" + "0123456789abcdef".repeat(4);
    private static final List<String> HOSTS = List.of(
            "",
            "docker.io/",
            "index.docker.io/",
            "registry-1.docker.io/",
            "Docker.io/",
            "localhost/",
            "localhost:5000/",
            "registry/",
            "registry:5000/",
            "REGISTRY/",
            "registry.example.com/",
            "Registry.Example.COM/",
            "registry.example.com:5000/",
            "registry.example.com:/",
            "127.0.0.1:15001/",
            "10.0.0.1/",
            "[::1]:5000/",
            "[fd00::1]/",
            "my_host.example.com/",
            "-bad.example.com/",
            "a..b/",
            "https://registry.example.com/");
    private static final List<String> PATHS = List.of(
            "nginx",
            "n",
            "library/nginx",
            "team/image",
            "Team/image",
            "team/Image",
            "a/b/c/d",
            "team/a__b",
            "team/a___b",
            "team/a.b-c",
            "team/a--b",
            "team/.a",
            "team/a-",
            "team//a",
            "team/",
            "0123456789abcdef".repeat(4),
            "team/" + "x".repeat(250));
    private static final List<String> VERSIONS = List.of(
            "",
            ":1",
            ":v1.2-A_b",
            ":",
            ":-a",
            ":" + "t".repeat(128),
            ":" + "t".repeat(129),
            "@" + SHA,
            ":1@" + SHA,
            "@sha256:abc",
            "@sha256:" + "0123456789ABCDEF".repeat(4),
            "@sha512:" + "0123456789abcdef".repeat(8),
            "@md5:" + "0123456789abcdef".repeat(2),
            "@" + SHA + ":1",
            " ",
            ":1:2");

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("", " ", "/", ":", "@", "{{x}}", "nginx\t", "ünder/way"));
        for (String host : HOSTS) {
            for (String path : PATHS) {
                VERSIONS.forEach(version -> names.add(host + path + version));
            }
        }
        return names;
    }

    @Test
    void shouldReadNamesAsTheKubeletDoes() throws JsonProcessingException {
        try (Oracle kubelet = Oracle.kubelet()) {
            compare(names(), kubelet, name -> parsed(name).map(ImageReference::toString));
        }
    }

    /** Names that the kubelet refuses are not compared. */
    @Test
    void shouldReadNamesAsTheControllerDoes() throws JsonProcessingException {
        try (Oracle controller = Oracle.controller()) {
            List<String> names =
                    names().stream().filter(name -> parsed(name).isPresent()).toList();
            compare(
                    names,
                    controller,
                    name -> parsed(name)
                            .filter(image -> ControllerKeychain.of(List.of())
                                    .lookup(image)
                                    .error()
                                    .isEmpty())
                            .map(image -> written(image.asLookedUp())));
        }
    }

    /** Returns the name as go-containerregistry writes it: a digest replaces a tag. */
    private static String written(ImageReference image) {
        String repository = (image.isDockerHub() ? "index.docker.io" : image.registry()) + "/" + image.path();
        return repository + (image.digest().isPresent() ? "@" : ":") + image.version();
    }

    private static Optional<ImageReference> parsed(String name) {
        try {
            return Optional.of(ImageReference.parse(name));
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    private static void compare(List<String> names, Oracle oracle, Function<String, Optional<String>> ours)
            throws JsonProcessingException {
        List<String> questions = names.stream()
                .map(name -> JSON.createObjectNode()
                        .put("image", name)
                        .set("secrets", JSON.createArrayNode())
                        .toString())
                .toList();
        List<String> answers = oracle.ask(questions);
        List<String> differences = new ArrayList<>();
        int good = 0;
        for (int i = 0; i < names.size(); i++) {
            JsonNode answer = JSON.readTree(answers.get(i));
            Optional<String> theirs = Optional.ofNullable(answer.get("name")).map(JsonNode::asText);
            good += theirs.isPresent() ? 1 : 0;
            if (!theirs.equals(ours.apply(names.get(i)))) {
                differences.add("\"" + names.get(i) + "\": " + answer + ", ours " + ours.apply(names.get(i)));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(good).as("names that are good").isGreaterThan(500);
    }
}
