package org.jenkinsci.plugins.workflow.flow;

import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.springframework.security.core.Authentication;

public abstract class FlowExecution {

    public abstract FlowNode getNode(String id) throws IOException;

    public Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }
}
