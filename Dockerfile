# The command line as an image: docker build -t argo-preflight . && docker run --rm argo-preflight demo
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -f central -B -ntp -pl engine,offline,cli package -Dpreflight.launcher -Dmaven.test.skip=true

FROM eclipse-temurin:21-jre
COPY --from=build /src/central/cli/target/argo-preflight.jar /opt/argo-preflight.jar
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "/opt/argo-preflight.jar"]
CMD ["--help"]
