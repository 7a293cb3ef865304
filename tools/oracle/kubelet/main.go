// Command kubelet answers which credentials the kubelet presents, in which order, for an image and a pod's pull Secrets.
//
// It reads one JSON question a line from standard input and writes one JSON answer a line:
//
//	{"secrets":[{"name":"regcred","type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":"<base64>"}}],"image":"nginx"}
//	{"credentials":[{"username":"team","password":"s3cret"}],"name":"docker.io/library/nginx:latest"}
//	{"error":"...","kind":"InvalidImageName"}   the kubelet cannot parse the image
//	{"error":"...","kind":"Secret"}             a Secret's JSON does not unmarshal: the kubelet pulls nothing
//
// The steps are those of EnsureImageExists in k8s.io/kubernetes/pkg/kubelet/images/image_manager.go, on a node that has
// no credentials of its own.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/credentialprovider"
	"k8s.io/kubernetes/pkg/credentialprovider/secrets"
	"k8s.io/kubernetes/pkg/util/parsers"
)

type question struct {
	Secrets []struct {
		Name string            `json:"name"`
		Type v1.SecretType     `json:"type"`
		Data map[string][]byte `json:"data"`
	} `json:"secrets"`
	Image string `json:"image"`
}

type credential struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

type failure struct {
	Error string `json:"error"`
	Kind  string `json:"kind"`
}

func answer(q question) any {
	repo, tag, digest, err := parsers.ParseImageName(q.Image)
	if err != nil {
		return failure{err.Error(), "InvalidImageName"}
	}
	pullSecrets := make([]v1.Secret, len(q.Secrets))
	for i, s := range q.Secrets {
		pullSecrets[i].Name, pullSecrets[i].Type, pullSecrets[i].Data = s.Name, s.Type, s.Data
	}
	keyring, err := secrets.MakeDockerKeyring(pullSecrets, &credentialprovider.BasicDockerKeyring{})
	if err != nil {
		return failure{err.Error(), "Secret"}
	}
	found, _ := keyring.Lookup(repo)
	credentials := make([]credential, len(found))
	for i, c := range found {
		credentials[i] = credential{c.Username, c.Password}
	}
	name := repo
	if tag != "" {
		name += ":" + tag
	}
	if digest != "" {
		name += "@" + digest
	}
	return map[string]any{"credentials": credentials, "name": name}
}

func main() {
	klog.SetLogger(klog.Logger{}) // errors, such as a key that is no URL, would else go to stderr
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var q question
			if bad := json.Unmarshal(line, &q); bad != nil {
				fmt.Fprintf(os.Stderr, "not a question: %v\n", bad)
				os.Exit(2)
			}
			answers.Encode(answer(q))
			if in.Buffered() == 0 {
				out.Flush()
			}
		}
		if err != nil {
			out.Flush()
			return
		}
	}
}
