package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

public class UninstantiatedDescribable implements Serializable {

    public Map<String, ?> getArguments() {
        throw new UnsupportedOperationException();
    }
}
