package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.time.Duration;

/**
 * The login of one {@code withArgoCluster} block: tokens of a ServiceAccount that are bound to an empty Secret.
 * Deleting the Secret revokes all tokens, for which only the name of the Secret is needed.
 *
 * @see
 *     <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens">Bound
 *     ServiceAccount tokens</a>
 */
public final class BlockLogin {

    /** The type of the Secret of a block. */
    public static final String TYPE = "argo-preflight.jenkins.io/block";

    /** The annotation with the build that runs the block. */
    private static final String BUILD = "argo-preflight.jenkins.io/build";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int ATTEMPTS = 3;

    private final ClusterGateway cluster;
    private final ServiceAccount account;
    private final String secret;

    /**
     * Creates the login of a block.
     *
     * @param cluster a gateway with the credential that requests tokens
     * @param secret the name of the Secret, which no one else uses
     */
    public BlockLogin(ClusterGateway cluster, ServiceAccount account, String secret) {
        this.cluster = cluster;
        this.account = account;
        this.secret = secret;
    }

    /** Returns the name of the Secret of a block. */
    public static String secret(String block) {
        return "argo-preflight-block-" + block;
    }

    /** Creates the Secret, unless an earlier attempt created it, and requests a token. */
    public Issued open(String build) {
        ObjectNode object = KubeObjects.of(Resource.SECRETS, account.namespace(), secret);
        ObjectNode metadata = KubeObjects.metadata(object);
        metadata.withObject("/labels").put("app.kubernetes.io/managed-by", "argo-preflight");
        metadata.withObject("/annotations").put(BUILD, build);
        object.put("type", TYPE).put("immutable", true);
        create(object);
        return renew();
    }

    /** Creates the Secret. If the name exists already, an earlier attempt created it: no one else knows the name. */
    private void create(ObjectNode object) {
        for (int attempt = 1; ; attempt++) {
            try {
                cluster.create(Resource.SECRETS, object, WriteMode.REAL);
                return;
            } catch (ClusterException e) {
                if (e.kind() == Kind.ALREADY_EXISTS) {
                    return;
                }
                if (!e.kind().maybeApplied() || e.kind() == Kind.INTERRUPTED || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Requests another token, before the last one expires. */
    public Issued renew() {
        return cluster.token(account, LIFETIME, secret);
    }

    /** Deletes the Secret. The server can accept its tokens for some more seconds. */
    public void revoke() {
        try {
            cluster.delete(Resource.SECRETS, account.namespace(), secret, "", "", WriteMode.REAL);
        } catch (ClusterException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
