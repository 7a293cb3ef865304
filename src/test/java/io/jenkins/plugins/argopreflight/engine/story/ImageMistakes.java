package io.jenkins.plugins.argopreflight.engine.story;

import static io.jenkins.plugins.argopreflight.engine.story.Stage.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes between an image and its registry, each with the fixes that its finding names. */
final class ImageMistakes {

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: NAME, namespace: CI}
            type: kubernetes.io/dockerconfigjson
            stringData:
              .dockerconfigjson: '{"auths": {"KEY": {"username": "team", "password": "s3cret-Of-team"}}}'
            """;

    private ImageMistakes() {}

    static Stream<Mistake> everywhere() {
        return Stream.of(missing(), notBound(), rejected(), wrongAddress(), notFound())
                .flatMap(List::stream);
    }

    private static List<Mistake> missing() {
        Mistake mistake = Mistake.of("Secret not created")
                .change(stage -> stage.kubectl("delete secret regcred -n CI"))
                .finding("pull-secret-missing", "Secret CI/regcred");
        return List.of(
                mistake.remedy((stage, found) -> new Paste(stage).sync(found, 0, "team", PASSWORD)),
                mistake.remedy((stage, found) -> new Paste(stage).kubectl(found, 1)));
    }

    private static List<Mistake> notBound() {
        Mistake mistake = Mistake.of("Secret created but not bound")
                .change(stage -> stage.kubectl("patch serviceaccount default -n CI --type=json -p"
                        + " '[{\"op\": \"remove\", \"path\": \"/imagePullSecrets\"}]'"))
                .finding("pull-secret-not-bound", "ServiceAccount CI/default imagePullSecrets");
        return List.of(
                mistake.remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                mistake.remedy((stage, found) -> new Paste(stage).into(stage.workflow(), found, 1)),
                Mistake.of("Secret created, another bound")
                        .twin(stage ->
                                stage.apply(SECRET.replace("NAME", "other").replace("KEY", "quay.io")))
                        .change(stage -> stage.kubectl("patch serviceaccount default -n CI"
                                + " -p '{\"imagePullSecrets\": [{\"name\": \"other\"}]}'"))
                        .finding("pull-secret-not-bound", "ServiceAccount CI/default imagePullSecrets")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)));
    }

    private static List<Mistake> rejected() {
        return List.of(Mistake.of("password expired")
                .change(stage -> stage.registry().changePassword("team", "renewed"))
                .finding("credential-rejected", "Secret CI/regcred .dockerconfigjson auths[\"HOST\"]")
                .remedy((stage, found) -> new Paste(stage).sync(found, 0, "team", "renewed")));
    }

    private static List<Mistake> wrongAddress() {
        return Stream.of("registry.example.com", "127.0.0.1", "HOST/v2", "HOST/teams")
                .map(key -> Mistake.of("wrong server address " + key)
                        .twin(stage ->
                                stage.apply(SECRET.replace("NAME", "regcred").replace("KEY", "https://HOST/v1/")))
                        .change(stage ->
                                stage.apply(SECRET.replace("NAME", "regcred").replace("KEY", key)))
                        .finding(
                                "pull-secret-key-mismatch",
                                "Secret CI/regcred .dockerconfigjson auths[\"" + key + "\"]")
                        .remedy((stage, found) -> new Paste(stage).sync(found, 0, "team", PASSWORD)))
                .toList();
    }

    private static List<Mistake> notFound() {
        return List.of(
                Mistake.of("wrong tag")
                        .change(stage -> stage.container().put("image", "HOST/team/image:v1.3"))
                        .finding("image-not-found", "Workflow CI/build- spec.templates[0].container.image")
                        .remedy((stage, found) -> new Paste(stage).into(stage.container(), found, 0)),
                Mistake.of("wrong path")
                        .change(stage -> stage.container().put("image", "HOST/team/imgae:v1.2"))
                        .finding("image-not-found", "Workflow CI/build- spec.templates[0].container.image")
                        .remedy((stage, found) -> {
                            assertThat(Paste.fix(found, 0))
                                    .contains(
                                            "crane catalog " + stage.registry().host());
                            stage.container().put("image", "HOST/team/image:v1.2");
                        }));
    }

    /** The catalog is for whom the registry lets see all of it, as passwords alone do. */
    static Stream<Mistake> withPasswords() {
        return Stream.of(Mistake.of("wrong path, looked up")
                .change(stage -> stage.container().put("image", "HOST/teams/image:v1.2"))
                .finding("image-not-found", "Workflow CI/build- spec.templates[0].container.image")
                .remedy((stage, found) -> {
                    assertThat(new Paste(stage).shell(Paste.fix(found, 0)).lines())
                            .contains("team/image");
                    stage.container().put("image", "HOST/team/image:v1.2");
                }));
    }

    /** The credential is good and may not pull that repository: only a registry with tokens makes the difference. */
    static Stream<Mistake> withTokens() {
        Mistake mistake = Mistake.of("no right")
                .change(stage -> stage.container().put("image", "HOST/tools/image:v1.2"))
                .finding("no-pull-right", "Registry /HOST tools/image");
        return Stream.of(
                mistake.remedy((stage, found) -> stage.registry().grant("team", "tools/image")),
                mistake.remedy((stage, found) -> new Paste(stage).sync(found, 1, "builder", PASSWORD)));
    }
}
