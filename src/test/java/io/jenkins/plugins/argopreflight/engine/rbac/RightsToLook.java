package io.jenkins.plugins.argopreflight.engine.rbac;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rights that a preflight makes use of, as the API server's audit log has them, and users who have some of them. */
final class RightsToLook {

    private static final Pattern GROUP = Pattern.compile("/apis/([^/]+)/.*");
    private static final Set<String> EVERYBODYS =
            Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

    private final Stage stage;

    RightsToLook(Stage stage) {
        this.stage = stage;
    }

    /** Returns the rights that this user's requests needed, without those that everybody has. */
    List<Right> usedBy(User user) {
        return stage.cluster().requests(user).stream()
                .filter(request -> !request.resource().isEmpty() && !EVERYBODYS.contains(request.resource()))
                .map(RightsToLook::right)
                .distinct()
                .toList();
    }

    private static Right right(AuditedRequest request) {
        Matcher group = GROUP.matcher(request.uri());
        boolean cluster = request.resource().equals("namespaces");
        return Right.of(
                request.verb(),
                group.matches() ? group.group(1) : "",
                request.resource(),
                cluster ? "" : request.namespace());
    }

    /** Returns the rights that users who submit need in addition. A check asks for them and does not use them. */
    List<Right> ofSubmitters() {
        return List.of(
                Right.of("create", "argoproj.io", "workflows", stage.ci()),
                Right.of("get", "argoproj.io", "workflows", stage.ci()),
                Right.of("list", "argoproj.io", "workflows", stage.ci()),
                Right.of("watch", "argoproj.io", "workflows", stage.ci()),
                new Right("get", "", "pods", "log", stage.ci(), ""));
    }

    /** A new user who has just these, as soon as the API server knows it. */
    User user(Collection<Right> rights) {
        User user = stage.cluster().userWith();
        if (!rights.isEmpty()) {
            stage.apply(SmallestRole.yaml(rights, user.name()));
        }
        await(new Identity(user.name(), List.of("system:authenticated")), rights);
        return user;
    }

    /** Returns when the API server knows that somebody may do all of it. */
    void await(Identity who, Collection<Right> rights) {
        List<Asked> questions =
                rights.stream().map(right -> new Asked(who, right)).toList();
        try (ClusterGateway admin = RealLab.connect(stage.cluster().adminKubeconfig())) {
            long end = System.nanoTime() + 20_000_000_000L;
            while (!new SubjectAccess(admin, 8)
                    .ask(questions).values().stream()
                            .allMatch(answer -> answer.fact().ifKnown().orElse(false))) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(who.user() + " may still not do all of " + rights);
                }
            }
        }
    }

    static List<Right> without(Right removed, List<Right> all) {
        List<Right> left = new ArrayList<>(all);
        left.remove(removed);
        return left;
    }

    /** {@code secrets}, {@code nodes}: what names the missing right, which may be another verb that would do, too. */
    static String words(Right right) {
        return right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
    }
}
