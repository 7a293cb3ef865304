package io.jenkins.plugins.argopreflight.testing.server;

import java.util.List;

/** The servers and programs that tests can need, with their executables. */
public enum Server {
    /** {@link RealCluster}. */
    CLUSTER("kube-apiserver", "etcd", "kubectl"),
    /** {@link RealRegistry}, and crane as another client of it. */
    REGISTRY("registry", "bcrypt", "crane"),
    /** {@link Oracle}. */
    ORACLES("oracle-kubelet", "oracle-controller", "oracle-podsecurity", "oracle-regexp", "oracle-lint"),
    /** {@link RealArgo}, which needs {@link #CLUSTER} too. */
    ARGO("workflow-controller-3.7", "workflow-controller-4.0"),
    ARGO_SERVER("argo-4.0"),
    /** The programs that render manifests from sources. Kustomize is in kubectl. */
    RENDERERS("helm", "kubectl");

    private final List<String> executables;

    Server(String... executables) {
        this.executables = List.of(executables);
    }

    List<String> executables() {
        return executables;
    }

    List<String> missing() {
        return executables.stream()
                .filter(name -> ServerBinaries.find(name).isEmpty())
                .toList();
    }
}
