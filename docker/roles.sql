-- Run by the image of PostgreSQL on an empty volume. The owner migrates the tables; the platform's role owns nothing, and gets
-- from the migrations what it needs.
\getenv owner_password OWNER_PASSWORD
\getenv platform_password PLATFORM_PASSWORD
CREATE ROLE orderplatform_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE orderplatform LOGIN PASSWORD :'platform_password';
CREATE DATABASE orderplatform OWNER orderplatform_owner;
