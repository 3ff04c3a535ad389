# Turns numbered SQL files into a C array of strings, in the order given.
BEGIN {
	print "/* Made from store/migrations/ by store/migrations.awk. */"
	print "#include \"store/migrate.h\""
	print "const char *const store_migrations[] = {"
}
FNR == 1 && NR != 1 { print "\t," }
{
	line = $0
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	printf "\t\"%s\\n\"\n", line
}
END {
	print "};"
	printf "const int store_migration_count = %d;\n", ARGC - 1
}
