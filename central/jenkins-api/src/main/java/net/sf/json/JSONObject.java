package net.sf.json;

public final class JSONObject {

    public JSONObject element(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    public Object opt(String key) {
        throw new UnsupportedOperationException();
    }
}
