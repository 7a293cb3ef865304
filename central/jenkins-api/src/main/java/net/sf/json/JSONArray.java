package net.sf.json;

import java.util.Collection;

@SuppressWarnings("rawtypes")
public final class JSONArray {

    public JSONArray() {
        throw new UnsupportedOperationException();
    }

    public boolean addAll(Collection collection) {
        throw new UnsupportedOperationException();
    }
}
